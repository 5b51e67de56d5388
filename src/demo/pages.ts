// What there is to download: the fifteen pages, and their sizes in bytes, that "Python Concurrency
// Programming: Futures" (Medium, 2024) lists as its first result.

/** A page of the site. */
export interface Page {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
}

/** In the order of the list. */
export const PAGES: readonly Page[] = [
  page("Mathematics", "Portal:Mathematics", 151_021),
  page("Arts", "Portal:Arts", 129_886),
  page("Biography", "Portal:Biography", 107_637),
  page("Society", "Portal:Society", 224_118),
  page("History", "Portal:History", 184_343),
  page("Geography", "Portal:Geography", 167_923),
  page("Technology", "Portal:Technology", 157_811),
  page("Science", "Portal:Science", 91_533),
  page("Computer science", "Computer_science", 321_352),
  page("Python", "Python_(programming_language)", 391_905),
  page("Node.js", "Node.js", 180_298),
  page("C", "The_C_Programming_Language", 56_765),
  page("PHP", "PHP", 468_461),
  page("Java", "Java_(programming_language)", 321_417),
  page("Go", "Go_(programming_language)", 324_039),
];

/** Asked for, but not on the site. */
export const MISSING_PAGE: Page = page("No such page", "No_such_page", 0);

function page(name: string, path: string, bytes: number): Page {
  return { name, path: `/wiki/${path}`, bytes };
}
