// The page that sends a test of a form: mounts it and nothing else.
import "@fontsource-variable/inter";
import "@accid/ui/tokens.css";
import "@accid/ui/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { FormTestPage } from "./features/formtest/FormTestPage.tsx";
import { takeFormTest } from "./shared/formTest.ts";
import "./shared/theme.ts";

const root = document.getElementById("root");
if (root) createRoot(root).render(<StrictMode><FormTestPage test={takeFormTest(window.location.hash.slice(1))} /></StrictMode>);
