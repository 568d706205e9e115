// The studio's front door: mounts the app and nothing else.
import "@fontsource-variable/inter";
import "@accid/ui/tokens.css";
import "@accid/ui/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App.tsx";

const root = document.getElementById("root");
if (root) createRoot(root).render(<StrictMode><App /></StrictMode>);
