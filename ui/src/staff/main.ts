import { mount } from "svelte";
import "@/styles";
import { lockPage } from "@/kit/lock-page";
import App from "./App.svelte";

lockPage();
const target = document.getElementById("app");
if (target) mount(App, { target });
