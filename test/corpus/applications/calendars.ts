import type { Application } from '../application';
import { labelsOf } from '../languages';
import { answerOffice, enterCustomer, officePage } from '../office';

export const fullcalendar: Application = {
  name: 'fullcalendar',
  kind: 'calendar (FullCalendar)',
  packages: ['fullcalendar'],
  languages: ['fr', 'sv', 'hi'],
  pages: (scene) => ({
    '/': officePage(scene, {
      title: labelsOf(scene.language).orders,
      scripts: ['/npm/fullcalendar/index.global.min.js'],
      body: '<div id="calendar"></div><dialog id="entry"><form method="dialog"><input id="title"><button>OK</button></form></dialog>',
      script: `const calendar = new FullCalendar.Calendar(document.getElementById('calendar'), {
          locale: scene.language, initialDate: '2026-03-02', initialView: 'dayGridMonth', selectable: true, editable: true, height: 520,
          headerToolbar: { left: 'prev,next today', center: 'title', right: 'dayGridMonth,timeGridWeek' },
          events: [{ title: scene.person.other, start: '2026-03-04T10:00', end: '2026-03-04T11:30' }, { title: labels.orders, start: '2026-03-10' }],
          dateClick: ({ dateStr }) => {
            const dialog = document.getElementById('entry');
            dialog.onclose = () => calendar.addEvent({ title: document.getElementById('title').value, start: dateStr });
            dialog.showModal();
          },
          eventDrop: ({ event }) => fetch('/api/events/' + encodeURIComponent(event.title), { method: 'PATCH' }),
        });
        calendar.render();`,
    }),
  }),
  answer: (asked) => (asked.method === 'PATCH' ? { status: 500, body: { error: 'locked' } } : answerOffice(asked)),
  async use(user, scene) {
    await user.click('.fc-day[data-date="2026-03-12"]');
    await user.fill('#title', `${scene.person.name}: ${scene.person.phone}`);
    await user.press('Enter');
    await user.clickAgain('.fc-next-button', 3);
    await user.click('.fc-today-button');
    const event = await (await user.until('.fc-event')).boundingBox();
    if (event) await user.drag([event.x + 20, event.y + 8], [event.x + 160, event.y + 90]);
    await user.pause(1500);
    await user.click('.fc-timeGridWeek-button');
    await user.scroll(300);
    await enterCustomer(user, scene);
  },
};

export const toastCalendar: Application = {
  name: 'toast-calendar',
  kind: 'calendar (TOAST UI)',
  packages: ['@toast-ui/calendar'],
  languages: ['ko'],
  pages: (scene) => ({
    '/': officePage(scene, {
      title: labelsOf(scene.language).orders,
      styles: ['/npm/@toast-ui/calendar/dist/toastui-calendar.min.css'],
      scripts: ['/npm/@toast-ui/calendar/dist/toastui-calendar.min.js'],
      body: '<div id="calendar" style="height:520px"></div>',
      script: `const calendar = new tui.Calendar('#calendar', { defaultView: 'month', useDetailPopup: true, usageStatistics: false,
          month: { dayNames: ['일', '월', '화', '수', '목', '금', '토'] }, calendars: [{ id: 'a', name: labels.orders }] });
        calendar.createEvents([{ id: '1', calendarId: 'a', title: scene.person.other, start: '2026-03-04T10:00:00', end: '2026-03-04T11:00:00' }]);
        calendar.on('selectDateTime', ({ start, end }) => calendar.createEvents([{ id: 'new', calendarId: 'a', title: scene.person.name, start, end }]));`,
    }),
  }),
  answer: answerOffice,
  async use(user, scene) {
    await user.until('.toastui-calendar-daygrid-cell');
    await user.clickAt(400, 400);
    await user.click('.toastui-calendar-weekday-event-title');
    await user.press('Escape');
    await enterCustomer(user, scene);
  },
};

export const gantt: Application = {
  name: 'gantt',
  kind: 'project plan (dhtmlxGantt)',
  packages: ['dhtmlx-gantt'],
  languages: ['de', 'nl'],
  pages: (scene) => ({
    '/': officePage(scene, {
      title: labelsOf(scene.language).orders,
      styles: ['/npm/dhtmlx-gantt/codebase/dhtmlxgantt.css'],
      scripts: ['/npm/dhtmlx-gantt/codebase/dhtmlxgantt.js'],
      body: '<div id="plan" style="height:440px"></div>',
      script: `gantt.i18n.setLocale(scene.language);
        gantt.config.date_format = '%Y-%m-%d';
        gantt.init('plan');
        gantt.parse({ data: [
          { id: 1, text: scene.person.other, start_date: '2026-03-02', duration: 4, open: true },
          { id: 2, text: labels.orders, start_date: '2026-03-03', duration: 2, parent: 1 },
          { id: 3, text: labels.address, start_date: '2026-03-06', duration: 3, parent: 1 },
        ], links: [{ id: 1, source: 2, target: 3, type: '0' }] });`,
    }),
  }),
  answer: answerOffice,
  async use(user, scene) {
    const row = await user.until('.gantt_row');
    await row.dblclick();
    await user.pause(600);
    await user.click('.gantt_cal_light textarea');
    await user.press('ControlOrMeta+a');
    await user.type(`${scene.person.name} ${scene.person.city}`);
    await user.click('.gantt_save_btn_set, .gantt_btn_set[data-dhx-save], .gantt_save_btn');
    const bar = await (await user.until('.gantt_task_line')).boundingBox();
    if (bar) await user.drag([bar.x + 30, bar.y + 10], [bar.x + 120, bar.y + 10]);
    await user.click('.gantt_add');
    await user.press('Escape');
    await enterCustomer(user, scene);
  },
};
