package main

import (
	"fmt"
	"go/ast"
	"go/types"
	"reflect"
	"strings"
)

// mainPackage is where the Runner declares its configuration; its types are named without a folder.
const mainPackage = "common"

// stringOrArray is read by code of its own, which no type shows.
const stringOrArray = "StringOrArray"

// shape is what a Go type makes of a value in TOML.
type shape struct {
	kind    string
	pointer bool
	// fields of a table, or of the items of a list of tables.
	fields *ast.StructType
	name   string
	at     place
}

// table is a struct at a place in the file, with the flags that lead to it.
type table struct {
	path    string
	fields  *ast.StructType
	name    string
	at      place
	flags   []string
	hasFlag bool
}

type walker struct {
	source *source
	facts  []fact
}

// walk lists every key of a table, in the order of its fields: that is the order in which the Runner writes them.
func (w *walker) walk(t table) error {
	for _, field := range t.fields.Fields.List {
		tag := reflect.StructTag("")
		if field.Tag != nil {
			tag = reflect.StructTag(strings.Trim(field.Tag.Value, "`"))
		}
		if len(field.Names) == 0 {
			if err := w.walkEmbedded(t, field, tag); err != nil {
				return err
			}
		}
		for _, name := range field.Names {
			if err := w.walkField(t, name.Name, field, tag); err != nil {
				return fmt.Errorf("%s %s.%s: %w", t.path, t.name, name.Name, err)
			}
		}
	}
	return nil
}

// walkEmbedded: the fields of an embedded struct stand in the table around it.
func (w *walker) walkEmbedded(t table, field *ast.Field, tag reflect.StructTag) error {
	if tag.Get("toml") == "-" {
		return nil
	}
	inner, err := w.shapeOf(field.Type, t.at)
	if err != nil || inner.fields == nil {
		return err
	}
	t.fields, t.name, t.at = inner.fields, inner.name, inner.at
	return w.walk(t)
}

func (w *walker) walkField(t table, name string, field *ast.Field, tag reflect.StructTag) error {
	key, options, _ := strings.Cut(tag.Get("toml"), ",")
	if key == "-" || !ast.IsExported(name) {
		return nil
	}
	if key == "" {
		key = name
	}
	inner, err := w.shapeOf(field.Type, t.at)
	if err != nil {
		return err
	}
	one := fact{Path: t.path + key, Key: key, Kind: inner.kind, GoType: types.ExprString(field.Type), Struct: structName(t)}
	one.Pointer = inner.pointer
	one.OmitEmpty = hasOption(options, "omitempty")
	one.OmitZero = hasOption(options, "omitzero")
	one.WhenZero = whenZero(one)
	one.description = tag.Get("description")
	if t.hasFlag && (inner.fields == nil || t.at.pkg.flagTypes[one.GoType]) {
		one.addFlag(t.flags, tag)
	}
	w.facts = append(w.facts, one)
	if inner.fields == nil {
		return nil
	}
	return w.walk(t.inside(key, inner, tag))
}

// inside is the table that a field holds. Flags reach it by its namespace, and not into lists.
func (t table) inside(key string, inner shape, tag reflect.StructTag) table {
	nested := table{path: t.path + key + ".", fields: inner.fields, name: inner.name, at: inner.at}
	if inner.kind == "list<table>" {
		nested.path = t.path + key + "[]."
		nested.hasFlag = t.path == "" && key == "runners"
		return nested
	}
	namespace := tag.Get("namespace")
	nested.hasFlag = t.hasFlag && namespace != ""
	nested.flags = append(append([]string{}, t.flags...), namespace)
	return nested
}

func hasOption(options, wanted string) bool {
	for _, option := range strings.Split(options, ",") {
		if option == wanted {
			return true
		}
	}
	return false
}

func structName(t table) string {
	if t.at.pkg.folder == mainPackage {
		return t.name
	}
	return t.at.pkg.folder + "." + t.name
}

var basics = map[string]string{
	"string": "string", "bool": "bool", "any": "any", "float32": "float", "float64": "float",
	"int": "int", "int8": "int", "int16": "int", "int32": "int", "int64": "int",
	"uint": "int", "uint8": "int", "uint16": "int", "uint32": "int", "uint64": "int",
}

var times = map[string]string{"time.Duration": "duration", "time.Time": "datetime"}

func (w *walker) shapeOf(expr ast.Expr, at place) (shape, error) {
	switch expr := expr.(type) {
	case *ast.StarExpr:
		inner, err := w.shapeOf(expr.X, at)
		inner.pointer = true
		return inner, err
	case *ast.ArrayType:
		inner, err := w.shapeOf(expr.Elt, at)
		inner.kind, inner.pointer = "list<"+inner.kind+">", false
		return inner, err
	case *ast.MapType:
		inner, err := w.shapeOf(expr.Value, at)
		return shape{kind: "map<string," + inner.kind + ">"}, err
	case *ast.InterfaceType:
		return shape{kind: "any"}, nil
	case *ast.StructType:
		return shape{kind: "table", fields: expr, at: at}, nil
	}
	return w.shapeOfName(expr, at)
}

func (w *walker) shapeOfName(expr ast.Expr, at place) (shape, error) {
	text := types.ExprString(expr)
	if kind, ok := times[text]; ok {
		return shape{kind: kind}, nil
	}
	target, name, there, found, err := w.source.resolve(expr, at)
	if err != nil {
		return shape{}, err
	}
	if name == stringOrArray {
		return shape{kind: "string|list<string>"}, nil
	}
	if found {
		inner, err := w.shapeOf(target, there)
		if inner.fields != nil && inner.name == "" {
			inner.name, inner.at = name, there
		}
		return inner, err
	}
	if kind, ok := basics[text]; ok {
		return shape{kind: kind}, nil
	}
	if _, isForeign := expr.(*ast.SelectorExpr); isForeign {
		// Kubernetes' own words, such as api.Capability: all that the Runner takes of other modules are texts.
		return shape{kind: "string"}, nil
	}
	return shape{}, fmt.Errorf("no kind for the type %s", text)
}
