"""Drives a GitLab with python-gitlab: python_gitlab.py URL TOKEN SCENARIO [ARGUMENT...]; prints what it saw as JSON."""

import json
import sys

import gitlab


def connect(url, token):
    return gitlab.Gitlab(url, private_token=token, retry_transient_errors=False)


def refusal(work):
    """The status and the words of a refusal; None when there was none."""
    try:
        work()
    except gitlab.GitlabError as error:
        return [error.response_code, error.error_message]
    return None


def create(gl, group_id, project_id):
    attributes = {
        "description": "builder",
        "maintenance_note": "a note",
        "paused": True,
        "locked": True,
        "access_level": "ref_protected",
        "run_untagged": False,
        "tag_list": ["docker", "linux"],
        "maximum_timeout": 3600,
    }
    places = [
        {"runner_type": "instance_type"},
        {"runner_type": "group_type", "group_id": int(group_id)},
        {"runner_type": "project_type", "project_id": int(project_id)},
    ]
    gl.auth()
    made = [gl.user.runners.create({**attributes, **place}) for place in places]
    return {
        "tokens": [runner.token for runner in made],
        "shown": [gl.runners.get(runner.id).attributes for runner in made],
        "refused": refusal(lambda: gl.user.runners.create({"runner_type": "group_type"})),
    }


def pages(gl, group_id):
    group = gl.groups.get(int(group_id), lazy=True)
    first = group.runners.list(per_page=10, iterator=True)
    return {
        "total": first.total,
        "total_pages": first.total_pages,
        "all": [runner.id for runner in group.runners.list(per_page=10, get_all=True)],
        "third": [runner.id for runner in group.runners.list(per_page=10, page=3, get_all=False)],
        "paused": [runner.id for runner in gl.runners.all(paused=True, get_all=True)],
        "everything": len(gl.runners_all.list(get_all=True)),
        "tagged": [runner.id for runner in gl.runners_all.list(tag_list=["a", "b"], get_all=True)],
    }


def update(gl, runner_id):
    runner = gl.runners.get(int(runner_id))
    runner.description = "changed"
    runner.tag_list = ["b", "a"]
    runner.save()
    return {
        "answer": runner.attributes,
        "refused": refusal(lambda: gl.runners.update(int(runner_id), {"maximum_timeout": 1})),
        "missing": refusal(lambda: gl.runners.update(999, {"description": "x"})),
    }


def delete(gl, runner_id):
    gl.runners.delete(int(runner_id))
    return {
        "again": refusal(lambda: gl.runners.delete(int(runner_id))),
        "read": refusal(lambda: gl.runners.get(int(runner_id))),
    }


def verify(gl, token):
    anonymous = gitlab.Gitlab(gl.url)
    anonymous.runners.verify(token)
    return {"wrong": refusal(lambda: anonymous.runners.verify("glrt-fake-unknown"))}


def tokens(gl, runner_id, token):
    anonymous = gitlab.Gitlab(gl.url)
    reset = gl.http_post(f"/runners/{runner_id}/reset_authentication_token")
    old = refusal(lambda: anonymous.runners.verify(token))
    again = anonymous.http_post("/runners/reset_authentication_token", post_data={"token": reset["token"]})
    user = gl.users.create({"email": "ann@example.com", "username": "ann", "name": "Ann", "force_random_password": True})
    made = user.personal_access_tokens.create({"name": "reading", "scopes": ["read_api"]})
    reader = connect(gl.url, made.token)
    return {
        "reset": reset,
        "old": old,
        "again": again,
        "user": user.id,
        "self": reader.personal_access_tokens.get("self").scopes,
        "lists": [runner.id for runner in reader.runners.list(get_all=True)],
        "writes": refusal(lambda: reader.runners.update(int(runner_id), {"paused": True})),
    }


def registration(gl, registration_token):
    anonymous = gitlab.Gitlab(gl.url)
    made = anonymous.runners.create({"token": registration_token, "description": "old way", "tag_list": ["a"]})
    return {
        "id": made.id,
        "wrong": refusal(lambda: anonymous.runners.create({"token": "GR1348941_fake"})),
    }


def projects(gl, runner_id):
    project = gl.projects.get("example-group/other", lazy=True)
    assigned = project.runners.create({"runner_id": int(runner_id)})
    listed = [runner.id for runner in project.runners.list(get_all=True)]
    twice = refusal(lambda: project.runners.create({"runner_id": int(runner_id)}))
    project.runners.delete(int(runner_id))
    return {
        "assigned": assigned.attributes,
        "listed": listed,
        "twice": twice,
        "gone": [runner.id for runner in project.runners.list(get_all=True)],
        "again": refusal(lambda: project.runners.delete(int(runner_id))),
    }


def jobs(gl, runner_id):
    runner = gl.runners.get(int(runner_id))
    return {
        "all": [job.status for job in runner.jobs.list(get_all=True)],
        "running": [job.status for job in runner.jobs.list(status="running", get_all=True)],
    }


def graphql(gl):
    client = gitlab.GraphQL(gl.url, token=gl.private_token)
    query = """query ($after: String) {
      runners(first: 20, after: $after, sort: CREATED_ASC) { nodes { id } pageInfo { hasNextPage endCursor } }
    }"""
    ids, after, more = [], None, True
    while more:
        page = client.execute(query, variable_values={"after": after})["runners"]
        ids += [node["id"] for node in page["nodes"]]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    try:
        client.execute("{ nothing }")
        refused = None
    except Exception as error:  # The library passes on what the transport beneath it raises.
        refused = str(error)
    return {"ids": ids, "refused": refused}


def main(url, token, scenario, *arguments):
    print(json.dumps(globals()[scenario](connect(url, token), *arguments), default=str))


main(*sys.argv[1:])
