/** The version of the format of documents. */
export const FORMAT_VERSION = "1";

/** The version of this package and of the library in it. */
export const VERSION = "0.1.0";
