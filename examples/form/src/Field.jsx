import { useId } from "react";
import { useController } from "react-hook-form";

/** An input with what is wrong under it, or what its value will be sent as. */
export function Field({ control, schema, name, label }) {
  const id = useId();
  const { field, fieldState } = useController({ control, name });
  const note = fieldState.error?.message ?? sentAs(schema, name, field.value);
  return (
    <div className={fieldState.error ? "field wrong" : "field"}>
      <label htmlFor={id}>{label}</label>
      <input
        {...field}
        id={id}
        value={field.value ?? ""}
        // An empty input is no value.
        onChange={({ target }) => field.onChange(target.value || undefined)}
        aria-invalid={Boolean(fieldState.error)}
        aria-describedby={`${id}-note`}
      />
      <p id={`${id}-note`} aria-live="polite">
        {note}
      </p>
    </div>
  );
}

/** As what a value will be sent, if that is not what was typed. */
function sentAs(schema, name, typed) {
  if (typed === undefined) return undefined;
  const { ok, value, changes } = schema.checkField(name, typed);
  return ok && changes.length > 0 ? `will be sent as ${value}` : undefined;
}
