//! Sorting, compiled once: the standard library's is compiled anew for each type and order, and is
//! large.

/// Sorts items; equal ones keep their order. Takes `n log n` comparisons at most, and `n` where they
/// are in order already.
pub fn sort<T: Ord>(items: &mut [T]) {
    sort_by(items, |one, other| one > other);
}

/// Sorts items by a key, in the same way.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(items, |one, other| key(one) > key(other));
}

fn sort_by<T>(items: &mut [T], is_after: impl Fn(&T, &T) -> bool) {
    let Some(mut places) =
        places(items.len(), &|one, other| is_after(&items[one as usize], &items[other as usize]))
    else {
        return;
    };
    // Each item goes to its place, along the cycles that they make.
    for start in 0..places.len() {
        let mut at = start;
        loop {
            let from = places[at] as usize;
            places[at] = at as u32;
            if from == start {
                break;
            }
            items.swap(at, from);
            at = from;
        }
    }
}

/// Which item belongs at each place, found by merging runs of growing length; nothing if they are in
/// order already.
fn places(count: usize, is_after: &dyn Fn(u32, u32) -> bool) -> Option<Vec<u32>> {
    if (1..count as u32).all(|at| !is_after(at - 1, at)) {
        return None;
    }
    let mut places: Vec<u32> = (0..count as u32).collect();
    let mut merged = Vec::with_capacity(count);
    let mut run = 1;
    while run < count {
        for both in places.chunks(2 * run) {
            let (mut left, mut right) = both.split_at(run.min(both.len()));
            while let ([one, ..], [other, ..]) = (left, right) {
                let side = if is_after(*one, *other) { &mut right } else { &mut left };
                merged.push(side[0]);
                *side = &side[1..];
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        std::mem::swap(&mut places, &mut merged);
        merged.clear();
        run *= 2;
    }
    Some(places)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use proptest::prelude::*;

    use super::{places, sort, sort_by_key};

    proptest! {
        #[test]
        fn items_are_sorted_as_the_standard_library_does(
            mut items in prop::collection::vec((0..20, any::<u8>()), 0..200),
        ) {
            let mut expected = items.clone();
            expected.sort_by_key(|item| item.0);
            sort_by_key(&mut items, |item| item.0);
            prop_assert_eq!(&items, &expected);
            expected.sort();
            sort(&mut items);
            prop_assert_eq!(items, expected);
        }
    }

    #[test]
    fn comparisons_are_few() {
        const COUNT: usize = 1 << 16;
        let compared = Cell::new(0);
        let number = |item: u32| item.wrapping_mul(0x9E37_79B9);
        let order: [&dyn Fn(u32, u32) -> bool; 3] =
            [&|one, other| one > other, &|one, other| one < other, &|one, other| {
                number(one) > number(other)
            }];
        for (is_after, most) in order.into_iter().zip([COUNT, 17 * COUNT, 17 * COUNT]) {
            compared.set(0);
            places(COUNT, &|one, other| {
                compared.set(compared.get() + 1);
                is_after(one, other)
            });
            assert!(compared.get() <= most, "{}", compared.get());
        }
    }
}
