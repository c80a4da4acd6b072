import { dialog } from 'electron';

/** Returns the chosen files; none if the user closes the dialog. */
export async function askForFiles(title: string, filterName: string): Promise<string[]> {
  const { filePaths } = await dialog.showOpenDialog({
    title,
    properties: ['openFile', 'multiSelections'],
    filters: [{ name: filterName, extensions: ['casement', 'json', 'jsonl', 'gz'] }],
  });
  return filePaths;
}

/** A separate dialog: Windows and Linux have no dialog for both files and folders. Returns none if the user closes it. */
export async function askForFolders(title: string): Promise<string[]> {
  return (await dialog.showOpenDialog({ title, properties: ['openDirectory', 'multiSelections'] })).filePaths;
}

export async function askForJson(title: string): Promise<string | undefined> {
  const filters = [{ name: 'JSON', extensions: ['json'] }];
  return (await dialog.showOpenDialog({ title, properties: ['openFile'], filters })).filePaths[0];
}

export async function askForAnyFile(title: string): Promise<string | undefined> {
  return (await dialog.showOpenDialog({ title, properties: ['openFile'] })).filePaths[0];
}

export async function askWhereToSave(suggestion: { fileName: string; ending: string }): Promise<string | undefined> {
  const { filePath } = await dialog.showSaveDialog({
    defaultPath: suggestion.fileName,
    filters: [{ name: suggestion.ending, extensions: [suggestion.ending] }],
  });
  return filePath === '' ? undefined : filePath;
}
