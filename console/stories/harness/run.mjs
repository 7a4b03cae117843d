// Runs a story in a browser that is closed whatever happens.

export const inBrowser = async (opening, story) => {
  const guest = await opening;
  try {
    await story(guest);
  } finally {
    await guest.close();
  }
};
