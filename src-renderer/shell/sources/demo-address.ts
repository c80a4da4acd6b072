/** A fictitious user that the demo source always has. */
export const demoAddress = 'priya.raman@harbor-example.com';
