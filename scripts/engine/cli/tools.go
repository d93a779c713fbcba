//go:build pin

// This module exists to pin the Pulumi CLI: `go install pkg@version` refuses modules with replacements.
package cli

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
