import type { Application, Scene } from '../application';
import { labelsOf } from '../languages';
import { answerOffice, enterCustomer, officePage } from '../office';
import { personOf } from '../people';

/** Rows of customers, as a script. */
const rowsScript = ({ language }: Scene): string => {
  const { other, name, city } = personOf(language);
  return `const rows = Array.from({ length: 60 }, (_, i) => ({
    id: 1000 + i, name: i % 3 === 0 ? ${JSON.stringify(other)} : ${JSON.stringify(name)} + ' ' + (i + 1),
    email: 'customer' + i + '@mail.example', city: ${JSON.stringify(city)}, total: ((i * 7919) % 9973) / 10,
  }));`;
};

export const tabulator: Application = {
  name: 'tabulator',
  kind: 'editable table (Tabulator)',
  packages: ['tabulator-tables'],
  languages: ['pl', 'ru'],
  pages: (scene) => ({
    '/': officePage(scene, {
      title: labelsOf(scene.language).customers,
      styles: ['/npm/tabulator-tables/dist/css/tabulator.min.css'],
      scripts: ['/npm/tabulator-tables/dist/js/tabulator.min.js'],
      body: '<div id="table"></div>',
      script: `${rowsScript(scene)}
        new Tabulator('#table', { data: rows, height: 380, layout: 'fitColumns', pagination: true, paginationSize: 15, columns: [
          { title: '#', field: 'id', width: 70 },
          { title: labels.name, field: 'name', editor: 'input', headerFilter: 'input' },
          { title: labels.email, field: 'email', editor: 'input' },
          { title: labels.city, field: 'city' },
          { title: labels.total, field: 'total', hozAlign: 'right', formatter: 'money' },
        ] });`,
    }),
  }),
  answer: answerOffice,
  async use(user, scene) {
    await user.click('.tabulator-col[tabulator-field=total] .tabulator-col-title');
    await user.click('.tabulator-row .tabulator-cell[tabulator-field=name]');
    await user.press('ControlOrMeta+a');
    await user.type(scene.person.name);
    await user.press('Enter');
    await user.click('.tabulator-page[data-page="2"]');
    await user.clickAgain('.tabulator-page[data-page=next]', 2);
    await user.fill('.tabulator-header-filter input', scene.person.other.slice(0, 4));
    await user.moveTo(400, 300);
    await user.scroll(400);
    await enterCustomer(user, scene);
  },
};

export const datatables: Application = {
  name: 'datatables',
  kind: 'table (DataTables)',
  packages: ['jquery', 'datatables.net', 'datatables.net-dt', 'datatables.net-plugins'],
  languages: ['ja', 'el', 'fr'],
  pages: (scene) => ({
    '/': officePage(scene, {
      title: labelsOf(scene.language).orders,
      styles: ['/npm/datatables.net-dt/css/dataTables.dataTables.min.css'],
      scripts: [
        '/npm/jquery/dist/jquery.min.js',
        '/npm/datatables.net/js/dataTables.min.js',
        '/npm/datatables.net-dt/js/dataTables.dataTables.min.js',
      ],
      body: '<table id="table" class="display"></table>',
      script: `${rowsScript(scene)}
        new DataTable('#table', { data: rows, language: { url: '/npm/datatables.net-plugins/i18n/${scene.language === 'fr' ? 'fr-FR' : scene.language}.json' },
          columns: [{ data: 'id', title: '#' }, { data: 'name', title: labels.name }, { data: 'email', title: labels.email },
            { data: 'total', title: labels.total }] });`,
    }),
  }),
  answer: answerOffice,
  async use(user, scene) {
    await user.click('#table thead th:nth-child(2)');
    await user.click('.dt-paging-button:nth-child(4)');
    await user.choose('.dt-length select', { index: 1 });
    await user.fill('.dt-search input', scene.person.other.slice(0, 3));
    await user.clickAgain('#table tbody td', 4);
    await user.pause(4000);
    await user.scroll(500);
    await enterCustomer(user, scene);
  },
};

export const agGrid: Application = {
  name: 'ag-grid',
  kind: 'data grid (AG Grid Community)',
  packages: ['ag-grid-community', '@ag-grid-community/locale'],
  languages: ['it', 'ko'],
  pages: (scene) => ({
    '/': officePage(scene, {
      title: labelsOf(scene.language).customers,
      scripts: [
        '/npm/ag-grid-community/dist/ag-grid-community.min.js',
        '/npm/@ag-grid-community/locale/dist/umd/@ag-grid-community/locale.min.js',
      ],
      body: '<div id="grid" style="height:420px"></div>',
      script: `${rowsScript(scene)}
        const texts = Object.values(window).find((value) => value && value.AG_GRID_LOCALE_IT) ?? window.agGrid;
        agGrid.createGrid(document.getElementById('grid'), {
          rowData: rows, localeText: texts['AG_GRID_LOCALE_' + scene.language.toUpperCase().replace('KO', 'KR')],
          defaultColDef: { editable: true, filter: true, flex: 1 }, pagination: true, paginationPageSize: 20,
          columnDefs: [{ field: 'id', headerName: '#' }, { field: 'name', headerName: labels.name },
            { field: 'email', headerName: labels.email }, { field: 'total', headerName: labels.total }],
          onCellValueChanged: ({ data }) => fetch('/api/rows/' + data.id + '?email=' + data.email, { method: 'PUT', body: JSON.stringify(data) }),
        });`,
    }),
  }),
  answer: (asked) =>
    asked.path.startsWith('/api/rows/') ? { status: 503, body: { retry: true } } : answerOffice(asked),
  async use(user, scene) {
    await user.click('.ag-header-cell[col-id=name]');
    const cell = await user.until('.ag-row[row-index="1"] [col-id=name]');
    await cell.dblclick();
    await user.pause(300);
    await user.press('ControlOrMeta+a');
    await user.type(scene.person.name);
    await user.press('Enter');
    await user.pause(2000);
    await user.click('.ag-paging-button:not(.ag-disabled)');
    await user.moveTo(400, 300);
    await user.scroll(600);
    await enterCustomer(user, scene);
  },
};

export const jspreadsheet: Application = {
  name: 'jspreadsheet',
  kind: 'spreadsheet (Jspreadsheet CE)',
  packages: ['jspreadsheet-ce', 'jsuites'],
  languages: ['cs', 'en'],
  pages: (scene) => ({
    '/': officePage(scene, {
      title: labelsOf(scene.language).orders,
      styles: ['/npm/jsuites/dist/jsuites.css', '/npm/jspreadsheet-ce/dist/jspreadsheet.css'],
      scripts: ['/npm/jsuites/dist/jsuites.js', '/npm/jspreadsheet-ce/dist/index.js'],
      body: '<div id="sheet"></div>',
      script: `${rowsScript(scene)}
        jspreadsheet(document.getElementById('sheet'), { toolbar: true, worksheets: [{
          data: rows.slice(0, 20).map((row) => [row.id, row.name, row.email, row.total, '=D1*2']),
          columns: [{ title: '#' }, { title: labels.name, width: 200 }, { title: labels.email, width: 200 }, { title: labels.total }, { title: '2×' }],
        }] });`,
    }),
  }),
  answer: answerOffice,
  async use(user, scene) {
    const cell = await user.until('td[data-x="1"][data-y="2"]');
    await cell.dblclick();
    await user.pause(300);
    await user.press('ControlOrMeta+a');
    await user.type(scene.person.name);
    await user.press('Enter');
    await user.click('td[data-x="3"][data-y="0"]');
    await user.type('4217');
    await user.press('Enter');
    await user.click('td[data-x="1"][data-y="4"]');
    await user.press('Delete');
    await user.press('ControlOrMeta+z');
    await enterCustomer(user, scene);
  },
};
