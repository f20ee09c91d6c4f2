/** Path of the folder that holds `data/`, with a slash at the end. */
export const BASE_URL = import.meta.env.BASE_URL.replace(/\/?$/, '/');
