module pulumi-gitlab-runner/fields

go 1.22
