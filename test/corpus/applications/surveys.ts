import type { Application, Scene } from '../application';
import { labelsOf, type Language } from '../languages';
import { answerOffice, enterCustomer, officePage } from '../office';

/** Names of survey-core's translations. */
const translations: Partial<Record<Language, string>> = {
  ar: 'arabic',
  fi: 'finnish',
  hu: 'hungarian',
  nl: 'dutch',
  sv: 'swedish',
  vi: 'vietnamese',
};

function form({ language }: Scene): object {
  const labels = labelsOf(language);
  return {
    title: labels.orders,
    pages: [
      {
        elements: [
          { type: 'text', name: 'name', title: labels.name, isRequired: true },
          { type: 'text', name: 'email', inputType: 'email', title: labels.email, isRequired: true },
          { type: 'rating', name: 'rating', title: labels.total },
        ],
      },
      {
        elements: [
          {
            type: 'checkbox',
            name: 'topics',
            title: labels.details,
            choices: [labels.phone, labels.address, labels.card],
          },
          {
            type: 'dropdown',
            name: 'city',
            title: labels.city,
            choices: [labels.home, labels.orders, labels.customers],
          },
          { type: 'text', name: 'card', title: labels.card },
          { type: 'comment', name: 'message', title: labels.message },
        ],
      },
    ],
  };
}

export const survey: Application = {
  name: 'survey',
  kind: 'form with several pages (SurveyJS)',
  packages: ['survey-core', 'survey-js-ui'],
  languages: ['fi', 'nl', 'hu', 'vi'],
  pages: (scene) => ({
    '/': officePage(scene, {
      title: labelsOf(scene.language).orders,
      styles: ['/npm/survey-core/survey-core.min.css'],
      scripts: [
        '/npm/survey-core/survey.core.min.js',
        `/npm/survey-core/i18n/${translations[scene.language] ?? 'english'}.min.js`,
        '/npm/survey-js-ui/survey-js-ui.min.js',
      ],
      body: '<div id="survey"></div>',
      script: `const model = new Survey.Model(${JSON.stringify(form(scene))});
        model.locale = scene.language;
        model.onComplete.add(() => fetch('/api/answers', { method: 'POST', body: JSON.stringify(model.data) }));
        model.render(document.getElementById('survey'));`,
    }),
  }),
  answer: (asked) => (asked.path === '/api/answers' ? 'fail' : answerOffice(asked)),
  async use(user, scene) {
    const { person } = scene;
    await user.click('.sd-navigation__next-btn');
    await user.fill('#survey input[type=text]', person.name);
    await user.fill('#survey input[type=email]', person.email);
    await user.click('.sd-rating__item');
    await user.click('.sd-navigation__next-btn');
    await user.click('.sd-checkbox__decorator');
    await user.fill('#survey input[type=text]:not([role])', person.card);
    await user.fill('#survey textarea', person.message);
    await user.click('.sd-navigation__prev-btn');
    await user.click('.sd-navigation__next-btn');
    await user.click('.sd-navigation__complete-btn');
    await user.pause(2000);
    await enterCustomer(user, scene);
  },
};
