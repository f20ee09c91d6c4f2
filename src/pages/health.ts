import type { APIRoute } from 'astro';

export const prerender = false;

/** `GET /health`: the server is up. */
export const GET: APIRoute = () => Response.json({ status: 'ok' });
