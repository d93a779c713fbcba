package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

// source is a checkout of GitLab Runner; its packages are parsed when they are first asked for.
type source struct {
	root     string
	module   string
	packages map[string]*pkg
}

// pkg holds the types that one folder declares, each with the imports of its file.
type pkg struct {
	folder string
	types  map[string]declared
	// flagTypes read a flag's text by code of their own.
	flagTypes map[string]bool
}

type declared struct {
	expr    ast.Expr
	imports map[string]string
}

var moduleLine = regexp.MustCompile(`(?m)^module\s+(\S+)`)

func openSource(root string) (*source, error) {
	text, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return nil, fmt.Errorf("%s is no checkout of GitLab Runner: %w", root, err)
	}
	match := moduleLine.FindSubmatch(text)
	if match == nil {
		return nil, fmt.Errorf("%s/go.mod names no module", root)
	}
	return &source{root: root, module: string(match[1]), packages: map[string]*pkg{}}, nil
}

// load parses a folder of the checkout, without its tests.
func (s *source) load(folder string) (*pkg, error) {
	if known := s.packages[folder]; known != nil {
		return known, nil
	}
	isSource := func(info fs.FileInfo) bool { return !strings.HasSuffix(info.Name(), "_test.go") }
	parsed, err := parser.ParseDir(token.NewFileSet(), filepath.Join(s.root, folder), isSource, parser.ParseComments)
	if err != nil {
		return nil, err
	}
	loaded := &pkg{folder: folder, types: map[string]declared{}, flagTypes: map[string]bool{}}
	for _, one := range parsed {
		for _, file := range one.Files {
			loaded.addTypes(file)
		}
	}
	s.packages[folder] = loaded
	return loaded, nil
}

func (p *pkg) addTypes(file *ast.File) {
	imports := map[string]string{}
	for _, spec := range file.Imports {
		target := strings.Trim(spec.Path.Value, `"`)
		name := path.Base(target)
		if spec.Name != nil {
			name = spec.Name.Name
		}
		imports[name] = target
	}
	for _, decl := range file.Decls {
		if method, ok := decl.(*ast.FuncDecl); ok && method.Name.Name == "UnmarshalFlag" && method.Recv != nil {
			p.flagTypes[strings.TrimPrefix(types.ExprString(method.Recv.List[0].Type), "*")] = true
		}
		general, ok := decl.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, spec := range general.Specs {
			if named, ok := spec.(*ast.TypeSpec); ok {
				p.types[named.Name.Name] = declared{named.Type, imports}
			}
		}
	}
}

// place is where an expression stands: its names are looked up there.
type place struct {
	pkg     *pkg
	imports map[string]string
}

// resolve finds what a name stands for. found is false for a type of another module.
func (s *source) resolve(expr ast.Expr, at place) (target ast.Expr, name string, there place, found bool, err error) {
	switch expr := expr.(type) {
	case *ast.Ident:
		one, ok := at.pkg.types[expr.Name]
		return one.expr, expr.Name, place{at.pkg, one.imports}, ok, nil
	case *ast.SelectorExpr:
		prefix := expr.X.(*ast.Ident).Name
		folder, isOurs := strings.CutPrefix(at.imports[prefix], s.module+"/")
		if !isOurs {
			return nil, expr.Sel.Name, at, false, nil
		}
		loaded, err := s.load(folder)
		if err != nil {
			return nil, "", at, false, err
		}
		one, ok := loaded.types[expr.Sel.Name]
		return one.expr, expr.Sel.Name, place{loaded, one.imports}, ok, nil
	}
	return nil, "", at, false, nil
}
