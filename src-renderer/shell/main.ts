import { mount } from 'svelte';
import { reportUncaughtErrors } from './app/report-bugs';
import App from './App.svelte';
import './styles/tokens.css';
import './styles/base.css';
import './styles/utilities.css';
import './styles/widgets.css';
import './styles/table.css';

reportUncaughtErrors();

const target = document.querySelector('#shell');
if (!target) throw new Error('The page has no place for the shell.');

mount(App, { target });
