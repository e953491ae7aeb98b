// Command api-server asks policies about objects with the very library by which kube-apiserver does.
//
// It reads JSON values from its standard input: policies first ({"policy": …}), then requests ({"object": …, "ask": ["name", …]}), and
// answers each with a line of JSON. Its one argument is the minor version of Kubernetes that the policies are written for.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"

	"github.com/google/cel-go/cel"
	admissionv1 "k8s.io/api/admission/v1"
	authenticationv1 "k8s.io/api/authentication/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	utiljson "k8s.io/apimachinery/pkg/util/json"
	"k8s.io/apimachinery/pkg/util/version"
	"k8s.io/apiserver/pkg/admission"
	plugincel "k8s.io/apiserver/pkg/admission/plugin/cel"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
	"k8s.io/apiserver/pkg/cel/environment"
)

type expression struct {
	Name       string `json:"name"`
	Expression string `json:"expression"`
}

func (e *expression) GetName() string       { return e.Name }
func (e *expression) GetExpression() string { return e.Expression }

// ReturnTypes of a condition; a variable may be anything.
func (e *expression) ReturnTypes() []*cel.Type {
	if e.Name == "" {
		return []*cel.Type{cel.BoolType}
	}
	return []*cel.Type{cel.AnyType, cel.DynType}
}

type policy struct {
	Name       string        `json:"name"`
	Conditions []*expression `json:"conditions"`
	Variables  []*expression `json:"variables"`
	Wanted     []*expression `json:"wanted"`
}

type request struct {
	Object    json.RawMessage   `json:"object"`
	Namespace *corev1.Namespace `json:"namespace"`
	Others    []json.RawMessage `json:"others"`
	Ask       []string          `json:"ask"`
}

type message struct {
	Policy *policy `json:"policy"`
	request
}

type answer struct {
	Policy  string `json:"policy"`
	Allowed bool   `json:"allowed"`
	// What keeps a policy from being compiled, or evaluated; the API server refuses then.
	Error string `json:"error,omitempty"`
	// Of all expressions, in the API server's own units.
	Cost int64 `json:"cost"`
}

// compiled are the conditions under which a policy is asked, and what it wants; neither is there when it does not compile.
type compiled struct {
	conditions, wanted plugincel.ConditionEvaluator
}

// Expressions may use what is known to the version that stores them; later ones read them all the same.
func compile(p *policy, env *environment.EnvSet) (compiled, error) {
	compiler, err := plugincel.NewCompositedCompiler(env)
	if err != nil {
		return compiled{}, err
	}
	options := plugincel.OptionalVariableDeclarations{HasAuthorizer: true}
	for _, variable := range p.Variables {
		if result := compiler.CompileAndStoreVariable(variable, options, environment.NewExpressions); result.Error != nil {
			return compiled{}, fmt.Errorf("variable %s: %s", variable.Name, result.Error.Detail)
		}
	}
	evaluatorOf := func(expressions []*expression) plugincel.ConditionEvaluator {
		accessors := make([]plugincel.ExpressionAccessor, len(expressions))
		for i, each := range expressions {
			accessors[i] = &expression{Expression: each.Expression}
		}
		return compiler.CompileCondition(accessors, options, environment.NewExpressions)
	}
	made := compiled{evaluatorOf(p.Conditions), evaluatorOf(p.Wanted)}
	if err := errors.Join(append(made.conditions.CompilationErrors(), made.wanted.CompilationErrors()...)...); err != nil {
		return compiled{}, err
	}
	return made, nil
}

// evaluate tells whether all conditions hold, and what that has cost.
func evaluate(conditions plugincel.ConditionEvaluator, r request, budget int64) (bool, int64, error) {
	object, err := objectOf(r.Object)
	if err != nil {
		return false, 0, err
	}
	kind := object.GroupVersionKind()
	attributes := admission.NewAttributesRecord(object, nil, kind, object.GetNamespace(), object.GetName(),
		kind.GroupVersion().WithResource(""), "", admission.Create, nil, false, nil)
	versioned := &admission.VersionedAttributes{Attributes: attributes, VersionedKind: kind, VersionedObject: object}
	asked := &admissionv1.AdmissionRequest{
		Name: object.GetName(), Namespace: object.GetNamespace(), Operation: admissionv1.Create,
		UserInfo: authenticationv1.UserInfo{Username: "ana"},
	}
	results, left, err := conditions.ForInput(context.Background(), versioned, asked, plugincel.OptionalVariableBindings{}, r.Namespace, budget)
	if err != nil {
		return false, 0, err
	}
	for _, result := range results {
		if result.Error != nil {
			return false, budget - left, result.Error
		}
		if result.EvalResult.Value() != true {
			return false, budget - left, nil
		}
	}
	return true, budget - left, nil
}

// objectOf reads an object as the API server does, whose numbers are whole where they can be.
func objectOf(text json.RawMessage) (*unstructured.Unstructured, error) {
	object := &unstructured.Unstructured{}
	return object, utiljson.Unmarshal(text, &object.Object)
}

func (c compiled) ask(r request) (bool, int64, error) {
	if c.wanted == nil {
		return false, 0, errors.New("does not compile")
	}
	isAsked, _, err := evaluate(c.conditions, r, celconfig.RuntimeCELCostBudgetMatchConditions)
	if err != nil || !isAsked {
		return err == nil, 0, err
	}
	return evaluate(c.wanted, r, celconfig.RuntimeCELCostBudget)
}

func run() error {
	minor, err := strconv.ParseUint(os.Args[1], 10, 32)
	if err != nil {
		return err
	}
	env, err := environmentOf(uint(minor))
	if err != nil {
		return err
	}
	policies := map[string]compiled{}
	in := json.NewDecoder(bufio.NewReader(os.Stdin))
	out := bufio.NewWriter(os.Stdout)
	tell := json.NewEncoder(out)
	for in.More() {
		var said message
		if err := in.Decode(&said); err != nil {
			return err
		}
		if said.Policy != nil {
			policies[said.Policy.Name], err = compile(said.Policy, env)
			if err != nil {
				fmt.Fprintf(os.Stderr, "%s: %v\n", said.Policy.Name, err)
			}
			continue
		}
		present = said.Others
		for _, name := range said.Ask {
			allowed, cost, err := policies[name].ask(said.request)
			told := answer{Policy: name, Allowed: allowed, Cost: cost}
			if err != nil {
				told.Error = err.Error()
			}
			if err := tell.Encode(told); err != nil {
				return err
			}
		}
		// Whoever asks waits.
		if err := out.Flush(); err != nil {
			return err
		}
	}
	return nil
}

func environmentOf(minor uint) (*environment.EnvSet, error) {
	return environment.MustBaseEnvSet(version.MajorMinor(1, minor)).Extend(lookups())
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
