/** A mistake of the caller's, as opposed to bad input: it is thrown, and says where. */
export class Mistake extends TypeError {
  override readonly name = "TypeError";
}
