// Writes headers.jsonl, the header bytes that archive/tar makes for entries as cog sets them: `go run main.go`.
package main

import (
	"archive/tar"
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"time"
)

type entry struct {
	Path   string `json:"path"`
	Size   int64  `json:"size"`
	Folder bool   `json:"folder"`
	Header []byte `json:"header"`
}

func header(e entry) []byte {
	zero := time.Unix(0, 0)
	h := &tar.Header{
		Name: e.Path, Size: e.Size, Mode: 0o644, Typeflag: tar.TypeReg,
		ModTime: zero, AccessTime: zero, ChangeTime: zero, Format: tar.FormatPAX,
	}
	if e.Folder {
		h.Name, h.Mode, h.Typeflag = e.Path+"/", 0o755, tar.TypeDir
	}
	var out bytes.Buffer
	if err := tar.NewWriter(&out).WriteHeader(h); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func main() {
	deep := strings.Repeat("folder/", 20)
	files := []string{
		"model.safetensors",
		"text_encoder/model-00001-of-00002.safetensors",
		"a",
		"with blanks and + = % signs.bin",
		strings.Repeat("n", 99),
		strings.Repeat("n", 100),
		strings.Repeat("n", 101),
		"d/" + strings.Repeat("n", 255),
		strings.Repeat("d", 99) + "/f",
		strings.Repeat("d", 98) + "/f",
		deep + "weights.bin",
		"modèle.bin",
		"模型/权重.bin",
		"ascii/权重",
		strings.Repeat("é", 60) + "/" + strings.Repeat("ü", 60),
		strings.Repeat("x", 84) + "/日本",
	}
	folders := []string{
		"text_encoder", "a/b/c", strings.Repeat("d", 99), strings.Repeat("d", 100), strings.Repeat("d", 101),
		deep + "last", "模型", "a/模型", strings.Repeat("d", 87), strings.Repeat("d", 88),
	}
	sizes := []int64{0, 1, 511, 512, 1 << 26, 1<<33 - 1, 1 << 33, 1<<33 + 1, 1 << 40}
	var entries []entry
	for _, path := range files {
		entries = append(entries, entry{Path: path, Size: 1234})
	}
	for _, path := range folders {
		entries = append(entries, entry{Path: path, Folder: true})
	}
	for _, size := range sizes {
		entries = append(entries, entry{Path: "model.gguf", Size: size})
	}
	entries = append(entries, entry{Path: deep + "模型.gguf", Size: 1 << 34})
	out, _ := os.Create("headers.jsonl")
	encoder := json.NewEncoder(out)
	for _, e := range entries {
		e.Header = header(e)
		encoder.Encode(e)
	}
}
