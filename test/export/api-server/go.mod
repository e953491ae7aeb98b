module kube-safeguards.io/api-server

go 1.24.0

require (
	github.com/google/cel-go v0.26.0
	k8s.io/api v0.34.1
	k8s.io/apimachinery v0.34.1
	k8s.io/apiserver v0.34.1
)
