import { mount } from "svelte";
import "@/styles";
import { page, staff } from "@/host";
import { lockPage } from "@/kit/lock-page";
import { guardPage } from "@/kit/page-guard";
import App from "./App.svelte";

// A staff session ends with its page.
guardPage(page, () => void staff.leave().catch(() => window.location.reload()));
lockPage();
const target = document.getElementById("app");
if (target) mount(App, { target });
