/** Endings of files that browsers download, or open without the recorder of the page. */
export const fileEndings: ReadonlySet<string> = new Set(
  [
    'pdf doc docx docm odt rtf xls xlsx xlsm xlsb ods csv tsv ppt pptx pps odp epub mobi txt log json jsonl ndjson xml yaml yml',
    'zip tar gz tgz bz2 xz 7z rar zst exe msi dmg pkg deb rpm apk ipa appimage iso jar bin whl',
    'mp3 m4a wav ogg oga flac aac mp4 m4v mov avi mkv webm ogv png jpg jpeg gif webp avif svg bmp tif tiff ico heic psd eps',
    'ics vcf eml ttf otf woff woff2 gpx kml kmz geojson parquet sqlite sql har pem crt cer p12 dwg dxf stl torrent',
  ].flatMap((line) => line.split(' ')),
);
