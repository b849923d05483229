// Command inventory is a RES service on go-res. It is here to be read: look at the lenses above its handlers.
package main

import (
	"log"
	"os"

	"github.com/jirenius/go-res"
)

const shelf = "shelf"

type copyOfBook struct {
	Book  res.Ref `json:"book"`
	Shelf res.Ref `json:"shelf"`
	Lent  bool    `json:"lent"`
}

var copies = map[string]copyOfBook{
	"1": {Book: "library.book.1", Shelf: "inventory.shelf.a"},
	"2": {Book: "library.book.2", Shelf: "inventory.shelf.a", Lent: true},
}

func main() {
	s := res.NewService("inventory")

	s.Handle("copies",
		res.Access(res.AccessGranted),
		res.GetCollection(getCopies),
	)
	s.Handle("copy.$id",
		res.Access(res.AccessGranted),
		res.GetModel(getCopy),
		res.Call("lend", lendCopy),
	)
	s.Handle(shelf+".$id",
		res.Access(res.AccessGranted),
		res.GetModel(func(r res.ModelRequest) {
			r.Model(map[string]string{"id": r.PathParam("id")})
		}),
	)

	// The desk lends and takes back.
	s.Route("desk", func(m *res.Mux) {
		m.Handle("queue", res.Access(res.AccessGranted), res.GetCollection(getQueue))
	})

	reports := res.NewMux("")
	reports.Handle("lent", res.Access(res.AccessGranted), res.GetCollection(getLent))
	s.Mount("report", reports)

	url := os.Getenv("NATS_URL")
	if url == "" {
		url = "nats://127.0.0.1:4222"
	}
	if err := s.ListenAndServe(url); err != nil {
		log.Fatal(err)
	}
}

func getCopies(r res.CollectionRequest) {
	refs := make([]res.Ref, 0, len(copies))
	for id := range copies {
		refs = append(refs, res.Ref("inventory.copy."+id))
	}
	r.Collection(refs)
}

func getCopy(r res.ModelRequest) {
	if found, ok := copies[r.PathParam("id")]; ok {
		r.Model(found)
		return
	}
	r.NotFound()
}

func lendCopy(r res.CallRequest) {
	id := r.PathParam("id")
	found, ok := copies[id]
	if !ok {
		r.NotFound()
		return
	}
	found.Lent = true
	copies[id] = found
	r.ChangeEvent(map[string]interface{}{"lent": true})
	r.OK(nil)
}

func getQueue(r res.CollectionRequest) {
	r.Collection([]string{})
}

func getLent(r res.CollectionRequest) {
	refs := []res.Ref{}
	for id, one := range copies {
		if one.Lent {
			refs = append(refs, res.Ref("inventory.copy."+id))
		}
	}
	r.Collection(refs)
}
