// Fetches media-chrome. Its shadow trees bring <style> elements, which the page's CSP refuses without the nonce: each element's template
// gets it as the element is defined, before any is made.
import { nonce } from '../../../../shell/nonce.ts'

type WithTemplate = CustomElementConstructor & { getTemplateHTML?: (...args: unknown[]) => string }

export async function loadControls(): Promise<void> {
  const define = customElements.define
  customElements.define = (name: string, element: WithTemplate, options?: ElementDefinitionOptions) => {
    const template = element.getTemplateHTML
    if (nonce && name.startsWith('media-') && template && Object.hasOwn(element, 'getTemplateHTML')) {
      element.getTemplateHTML = function signed(this: unknown, ...args) {
        return template.apply(this, args).replaceAll('<style>', `<style nonce="${nonce}">`)
      }
    }
    define.call(customElements, name, element, options)
  }
  try {
    await import('./chrome.ts')
  } finally {
    customElements.define = define
  }
}
