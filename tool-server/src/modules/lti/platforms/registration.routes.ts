// Addresses of dynamic registration.
import { page } from '../../../kernel/http/implement.ts'
import { askToRegister, registerFromPage } from './registration-pages.ts'

export const registrationRoutes = [
  page({
    method: 'GET',
    path: '/lti/register',
    says: 'dynamic registration behind a one-time link: says what will happen',
    handle: askToRegister,
  }),
  page({
    method: 'POST',
    path: '/lti/register',
    says: 'dynamic registration: the button of that page',
    form: { maxBytes: 32_768 },
    handle: registerFromPage,
  }),
]
