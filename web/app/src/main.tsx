// The studio's front door: mounts the app and nothing else.
import "@fontsource-variable/inter";
import "@accid/ui/tokens.css";
import "@accid/ui/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App.tsx";
import { preloadView } from "./app/views.ts";
import { loadMe } from "./shared/abilities.ts";
import { parsePath } from "./shared/router.tsx";

const root = document.getElementById("root");
const show = () => { if (root) createRoot(root).render(<StrictMode><App /></StrictMode>); };
// A view that cannot be fetched says so itself, once it is asked for.
void Promise.allSettled([preloadView(parsePath(window.location.pathname)), loadMe()]).then(show);
