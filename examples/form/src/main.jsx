import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ContactForm } from "./ContactForm.jsx";
import "./style.css";

createRoot(document.getElementById("root")).render(
  <StrictMode>
    <ContactForm />
  </StrictMode>,
);
