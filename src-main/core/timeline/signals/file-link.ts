import { fileEndings } from '../../recording/file-endings';

/** Names of query parameters whose value is the format of a download. */
const formatKey = /^(format|type|ext|extension|export|output|as)$/i;

/** Returns true for an address that leads to a file rather than to a page. */
export function leadsToFile(href: string): boolean {
  const [address = '', query = ''] = (href.split('#')[0] ?? '').split(/\?(.*)/s);
  const path = address.replace(/^([a-z][\w+.-]*:)?\/\/[^/]*/i, '');
  if (hasFileEnding(path) || /[^/]\/download\/?$/i.test(path)) return true;
  return query.split('&').some((parameter) => {
    const [key = '', value = ''] = parameter.split('=');
    return hasFileEnding(value) || (formatKey.test(key) && fileEndings.has(value.toLowerCase()));
  });
}

function hasFileEnding(path: string): boolean {
  const ending = /[^/.]\.(\w{1,8})$/.exec(path)?.[1];
  return ending !== undefined && fileEndings.has(ending.toLowerCase());
}
