// A file of its own: the content security policy allows no script within a page.
window.SwaggerUIBundle({ url: '/openapi.yaml', dom_id: '#swagger-ui', deepLinking: true });
