import type { Application } from '../application';
import { blockly, bpmn, excalidraw, framework7, grapes, svgEdit, videoPlayer } from './builders';
import { fullcalendar, gantt, toastCalendar } from './calendars';
import { deepChat, webChat } from './chats';
import { altair, rapidoc, swaggerUi } from './consoles';
import { gentelella, gentelellaPhone, sbAdmin } from './dashboards';
import { jsoneditor, quill, tinymce } from './editors';
import { leaflet, openLayers } from './maps';
import { posthogOffice } from './recorded';
import { antHelpdesk, elementShop, vantShop } from './shops';
import { survey } from './surveys';
import { agGrid, datatables, jspreadsheet, tabulator } from './tables';

/** All applications of the corpus. */
export const applications: readonly Application[] = [
  survey,
  tinymce,
  quill,
  jsoneditor,
  tabulator,
  datatables,
  agGrid,
  jspreadsheet,
  fullcalendar,
  toastCalendar,
  gantt,
  swaggerUi,
  rapidoc,
  altair,
  webChat,
  deepChat,
  leaflet,
  openLayers,
  elementShop,
  vantShop,
  antHelpdesk,
  sbAdmin,
  gentelella,
  gentelellaPhone,
  blockly,
  grapes,
  bpmn,
  svgEdit,
  excalidraw,
  framework7,
  videoPlayer,
  posthogOffice,
];
