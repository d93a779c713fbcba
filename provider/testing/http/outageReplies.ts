import type { Reply } from "./reply.js";

/** 500 of GitLab itself. */
export const serverErrorReply: Reply = { status: 500, body: { message: "500 Internal Server Error" } };

/** 409, as when two runners grab the same job. */
export const conflictReply: Reply = { status: 409, body: { message: "409 Conflict" } };

/** What writing is refused with in Maintenance Mode. */
export const maintenanceMessage = "GitLab Maintenance: system is in maintenance mode";

/** What writing is refused with on a Geo secondary. */
export const readOnlyMessage = "You cannot perform write operations on a read-only instance";

/** 503 for everything that writes in Maintenance Mode. */
export const maintenanceReply: Reply = {
  status: 503,
  body: { message: maintenanceMessage },
};

/** 503 of GraphQL, whose query the database has ended. */
export const queryTimeoutReply: Reply = {
  status: 503,
  body: { errors: [{ message: "Request timed out. Please try a less complex query or a smaller set of records." }] },
};

/** 502 of a proxy in front of GitLab. */
export const badGatewayReply: Reply = {
  status: 502,
  headers: { "Content-Type": "text/html" },
  body: `<html>
<head><title>502 Bad Gateway</title></head>
<body>
<center><h1>502 Bad Gateway</h1></center>
<hr><center>nginx</center>
</body>
</html>
`,
};
