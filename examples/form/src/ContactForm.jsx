import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { monaco } from "prewash";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { Field } from "./Field.jsx";

const { body } = monaco.upsertContact;

export function ContactForm() {
  // What is handed on is the cleaned value, as it would be sent.
  const [sent, setSent] = useState();
  const { control, handleSubmit } = useForm({ resolver: standardSchemaResolver(body) });
  return (
    <main>
      <h1>Contact</h1>
      <form noValidate onSubmit={handleSubmit(setSent)}>
        <Field control={control} schema={body} name="email" label="Email" />
        <Field control={control} schema={body} name="linkedin_url" label="LinkedIn" />
        <Field control={control} schema={body} name="first_name" label="First name" />
        <Field control={control} schema={body} name="domain" label="Company domain" />
        <button>Send</button>
      </form>
      {sent && <pre>{JSON.stringify(sent, null, 2)}</pre>}
    </main>
  );
}
