package main

import (
	"encoding/json"
	"strings"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"
	"github.com/google/cel-go/ext"
	"k8s.io/apimachinery/pkg/util/version"
	"k8s.io/apiserver/pkg/cel/environment"
)

// present are the objects of the cluster that a request comes to, each as {"group", "plural", "namespace", "name", "object"}.
var present []json.RawMessage

type presentObject struct {
	Group     string          `json:"group"`
	Plural    string          `json:"plural"`
	Namespace string          `json:"namespace"`
	Name      string          `json:"name"`
	Object    json.RawMessage `json:"object"`
}

// lookups are what Kyverno adds for its ValidatingPolicies, as far as ours use it.
//
// Source: https://kyverno.io/docs/policy-types/cel-libraries/
func lookups() environment.VersionedOptions {
	text := cel.StringType
	return environment.VersionedOptions{
		IntroducedVersion: version.MajorMinor(1, 0),
		EnvOptions: []cel.EnvOption{
			ext.Encoders(),
			// A constant has to be of a type that CEL knows.
			cel.Constant("resource", text, types.String("")),
			cel.Function("List", cel.MemberOverload("resource_list", []*cel.Type{text, text, text, text},
				cel.MapType(cel.StringType, cel.DynType), cel.FunctionBinding(list))),
			cel.Function("Get", cel.MemberOverload("resource_get", []*cel.Type{text, text, text, text, text},
				cel.MapType(cel.StringType, cel.DynType), cel.FunctionBinding(get))),
		},
	}
}

func list(args ...ref.Val) ref.Val {
	items := []any{}
	for _, each := range matching(args) {
		items = append(items, each)
	}
	return types.DefaultTypeAdapter.NativeToValue(map[string]any{"items": items})
}

func get(args ...ref.Val) ref.Val {
	if args[2].Value() == "customresourcedefinitions" {
		return definition(args[4].Value())
	}
	for _, each := range matching(args) {
		return types.DefaultTypeAdapter.NativeToValue(each)
	}
	return types.NullValue
}

// definition answers for a kind that some object is of: then the cluster knows it.
func definition(name any) ref.Val {
	for _, text := range present {
		var each presentObject
		if json.Unmarshal(text, &each) == nil && each.Plural+"."+each.Group == name {
			return types.DefaultTypeAdapter.NativeToValue(map[string]any{"kind": "CustomResourceDefinition"})
		}
	}
	return types.NullValue
}

// matching finds objects by API version, plural, namespace and name; without a namespace in all of them, without a name of any.
func matching(args []ref.Val) []map[string]any {
	wanted := make([]string, 5)
	for i, arg := range args[1:] {
		wanted[i], _ = arg.Value().(string)
	}
	group := ""
	if before, _, found := strings.Cut(wanted[0], "/"); found {
		group = before
	}
	var found []map[string]any
	for _, text := range present {
		var each presentObject
		if json.Unmarshal(text, &each) != nil || each.Group != group || each.Plural != wanted[1] ||
			(wanted[2] != "" && each.Namespace != wanted[2]) || (wanted[3] != "" && each.Name != wanted[3]) {
			continue
		}
		if object, err := objectOf(each.Object); err == nil {
			found = append(found, object.Object)
		}
	}
	return found
}
