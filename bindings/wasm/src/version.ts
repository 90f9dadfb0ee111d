/** The version of this package and of the library in it. */
export const VERSION = "0.1.0";
