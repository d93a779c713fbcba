package main

import (
	"reflect"
	"strings"
)

// fact is one line of the field list. What the source does not tell is written by hand, and kept by path.
type fact struct {
	Path      string `json:"path"`
	Key       string `json:"key"`
	Kind      string `json:"kind"`
	GoType    string `json:"goType"`
	Struct    string `json:"struct"`
	Pointer   bool   `json:"pointer"`
	OmitEmpty bool   `json:"omitempty"`
	OmitZero  bool   `json:"omitzero,omitempty"`
	WhenZero  string `json:"whenZero"`

	Enum    []string `json:"enum,omitempty"`
	Default string   `json:"default,omitempty"`

	Flag      string `json:"flag,omitempty"`
	FlagAlias string `json:"flagAlias,omitempty"`
	Env       string `json:"env,omitempty"`

	Since      string `json:"since,omitempty"`
	Deprecated string `json:"deprecated,omitempty"`
	Doc        string `json:"doc"`
	Unit       string `json:"unit,omitempty"`
	Secret     any    `json:"secret,omitempty"`

	description string
}

// keepWords takes over what was written by hand for the same key.
func (f *fact) keepWords(from fact) {
	f.Enum, f.Default, f.Since, f.Deprecated = from.Enum, from.Default, from.Since, from.Deprecated
	f.Doc, f.Unit, f.Secret = from.Doc, from.Unit, from.Secret
}

// addFlag names the flag and the variable of `gitlab-runner register`; "@" stands for the namespaces.
func (f *fact) addFlag(namespaces []string, tag reflect.StructTag) {
	long := tag.Get("long")
	if long == "" {
		return
	}
	f.Flag = "--" + strings.Join(append(append([]string{}, namespaces...), long), "-")
	if short := tag.Get("short"); len(short) == 1 {
		f.FlagAlias = "-" + short
	} else if short != "" {
		f.FlagAlias = "--" + short
	}
	f.Env = tag.Get("env")
	if rest, ok := strings.CutPrefix(f.Env, "@"); ok {
		f.Env = strings.ToUpper(strings.Join(append(append([]string{}, namespaces...), rest), "_"))
		f.Env = strings.ReplaceAll(f.Env, "-", "_")
	}
}

// whenZero says what the Runner's encoder (BurntSushi/toml) does with a value that is zero or was never set.
func whenZero(f fact) string {
	isCollection := strings.HasPrefix(f.Kind, "list<") || strings.HasPrefix(f.Kind, "map<") || strings.Contains(f.Kind, "|")
	switch {
	case f.Kind == "table":
		return whenTableZero(f)
	case isCollection && f.OmitEmpty:
		return "omitted when empty"
	case isCollection:
		return "omitted when nil, written when set but empty"
	case f.Pointer && f.OmitZero && isNumber(f.Kind):
		return "omitted when unset or 0"
	case f.Pointer:
		return "omitted when unset (nil)"
	case isNumber(f.Kind) && f.OmitZero:
		return "omitted"
	case (f.Kind == "string" || f.Kind == "bool") && f.OmitEmpty:
		return "omitted"
	}
	return "written as " + zeros[f.Kind]
}

var zeros = map[string]string{
	"string": `""`, "bool": "false", "int": "0", "float": "0.0", "duration": `"0s"`, "datetime": "0001-01-01T00:00:00Z",
}

func isNumber(kind string) bool {
	return kind == "int" || kind == "float" || kind == "duration"
}

func whenTableZero(f fact) string {
	switch {
	case f.Pointer:
		return "omitted when unset (nil)"
	case f.OmitEmpty:
		return "omitted when all members are empty"
	}
	return "table header always written"
}
