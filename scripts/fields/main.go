// Command fields reads the keys of config.toml from GitLab Runner's Go source and brings the field list up to date.
// What people wrote there of a key - its meaning, default, unit, choices, secrecy - stays, found by the key's path.
//
//	go run . CHECKOUT FIELDS.json
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"os"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "Usage: go run . CHECKOUT FIELDS.json")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "fields:", err)
		os.Exit(1)
	}
}

func run(checkout, file string) error {
	former, err := readList(file)
	if err != nil {
		return err
	}
	facts, err := listFacts(checkout)
	if err != nil {
		return err
	}
	report := merge(facts, former)
	text, err := encodeList(facts)
	if err != nil {
		return err
	}
	if err := os.WriteFile(file, text, 0o644); err != nil {
		return err
	}
	fmt.Printf("%d keys in the source, %d in the list before\n", len(facts), len(former))
	for _, line := range report {
		fmt.Println(line)
	}
	return nil
}

func readList(file string) ([]fact, error) {
	text, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var list []fact
	return list, json.Unmarshal(text, &list)
}

func listFacts(checkout string) ([]fact, error) {
	opened, err := openSource(checkout)
	if err != nil {
		return nil, err
	}
	root, err := opened.load(mainPackage)
	if err != nil {
		return nil, err
	}
	walk := &walker{source: opened}
	config, err := walk.shapeOfName(&ast.Ident{Name: "Config"}, place{root, nil})
	if err != nil {
		return nil, err
	}
	if config.fields == nil {
		return nil, fmt.Errorf("%s has no struct Config", mainPackage)
	}
	err = walk.walk(table{fields: config.fields, name: config.name, at: config.at})
	return walk.facts, err
}

// merge keeps what was written by hand and tells what is otherwise in the source.
func merge(facts, former []fact) []string {
	known := map[string]fact{}
	for _, one := range former {
		known[one.Path] = one
	}
	var report []string
	for i := range facts {
		before, isKnown := known[facts[i].Path]
		delete(known, facts[i].Path)
		if !isKnown {
			facts[i].Doc = facts[i].description
			report = append(report, "new: "+facts[i].Path+" ("+facts[i].Kind+"): write its doc, default, unit, enum, secret")
			continue
		}
		facts[i].keepWords(before)
		report = append(report, compare(before, facts[i])...)
	}
	for _, one := range former {
		if _, isGone := known[one.Path]; isGone {
			report = append(report, "gone: "+one.Path)
		}
	}
	return report
}

func compare(before, after fact) []string {
	after.description = ""
	old, errOld := json.Marshal(before)
	now, errNow := json.Marshal(after)
	if errOld != nil || errNow != nil || bytes.Equal(old, now) {
		return nil
	}
	return []string{fmt.Sprintf("changed: %s\n  was %s\n  is  %s", after.Path, old, now)}
}

func encodeList(facts []fact) ([]byte, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(facts)
	return text.Bytes(), err
}
