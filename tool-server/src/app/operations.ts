// What the operator's island reads and does beyond one room: the page itself, and the deliveries of every listener.
import { clientHead } from '../kernel/http/assets.ts'
import { page } from '../kernel/http/implement.ts'
import { html, sendPage } from '../kernel/http/page.ts'
import { defineModule } from '../kernel/module.ts'

/** Declared as a room is, but it is none: it stands above them and owns no table. */
export const operations = defineModule({
  name: 'operations',
  routes: [
    page({
      method: 'GET',
      path: '/admin',
      says: 'the operator’s island; holds nothing by itself, and nobody may frame it',
      handle: (_request, response) =>
        sendPage(response, {
          title: 'Cuepoint administration',
          framedBy: [],
          kind: 'app',
          language: 'en',
          head: () => clientHead('admin'),
          body: html`<div id="root"></div>`,
        }),
    }),
  ],
})
