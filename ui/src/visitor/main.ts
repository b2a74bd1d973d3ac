import { mount } from "svelte";
import "@/styles";
import { page } from "@/host";
import { lockPage } from "@/kit/lock-page";
import { guardPage } from "@/kit/page-guard";
import App from "./App.svelte";

guardPage(page, () => window.location.reload());
lockPage();
const target = document.getElementById("app");
if (target) mount(App, { target });
