// The page is kept by a service worker, for when there is no network.

import { h } from "./element.js";

/** Has the page kept, says so once it is, and offers a newer one when there is one. */
export async function keep(said: HTMLElement): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  let registration: ServiceWorkerRegistration;
  try {
    registration = await navigator.serviceWorker.register("service-worker.js");
  } catch {
    // Not where the page is served without https, nor in every private window: it works all the same.
    return;
  }
  const offer = (): void => {
    const waiting = registration.waiting;
    if (!waiting || !navigator.serviceWorker.controller) return;
    const take = (): void => {
      navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
      waiting.postMessage("take over");
    };
    said.replaceChildren("There is a newer version of this page. ", h("button", { type: "button", class: "plain small", onclick: take }, "Reload"));
  };
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", offer));
  await navigator.serviceWorker.ready;
  said.textContent = "Kept in your browser: it works without a network.";
  offer();
}
