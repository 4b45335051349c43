// Style sheets that come with a page of their own; Vite makes links of them.
declare module '*.css'
