/** Endings of files that browsers download, or open without the recorder of the page. */
const fileEndings: ReadonlySet<string> = new Set(
  [
    'pdf doc docx docm odt rtf xls xlsx xlsm xlsb ods csv tsv ppt pptx pps odp epub mobi txt log json jsonl ndjson xml yaml yml',
    'zip tar gz tgz bz2 xz 7z rar zst exe msi dmg pkg deb rpm apk ipa appimage iso jar bin whl',
    'mp3 m4a wav ogg oga flac aac mp4 m4v mov avi mkv webm ogv png jpg jpeg gif webp avif svg bmp tif tiff ico heic psd eps',
    'ics vcf eml ttf otf woff woff2 gpx kml kmz geojson parquet sqlite sql har pem crt cer p12 dwg dxf stl torrent',
  ].flatMap((line) => line.split(' ')),
);
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
