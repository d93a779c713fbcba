//go:build pin

// This module exists to pin Pulumi's Node.js language host: 3.68.0 is the last SDK module that contains it.
package languagehost

import _ "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs"
