// The studio's front door: mounts the app and nothing else.
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

const root = document.getElementById("root");
if (root) createRoot(root).render(<StrictMode><h1>ACCID</h1></StrictMode>);
