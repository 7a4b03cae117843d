// Runs a story in a browser that is closed whatever happens.
export const inBrowser = async (opening, story) => {
  const guest = await opening;
  try {
    await story(guest);
  } catch (error) {
    await guest.page.screenshot({ path: `/tmp/cj-look/FAILED-${Date.now()}.png` });
    throw error;
  } finally {
    await guest.close();
  }
};
