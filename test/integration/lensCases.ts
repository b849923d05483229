/** Service code, and the lenses that it must get: the line that each stands above, its title and what it sends. */
export interface LensCase {
  readonly name: string;
  readonly file: string;
  readonly code: string;
  readonly lenses: readonly (readonly [on: string, title: string, message: object])[];
}

/** Each lens stands above the only line that holds `on`. */
export const lensCases: readonly LensCase[] = [
  {
    name: 'Go: NewService, Handle, AddHandler, Route, Mount and NewMux, nested; constants and concatenation',
    file: 'shop/main.go',
    code: `package main

import "github.com/jirenius/go-res"

const (
	serviceName = "shop"
	basket      = "basket"
)

func main() {
	s := res.NewService(serviceName)
	s.Handle("items", res.GetCollection(getItems))
	s.Handle("item.$id", res.Access(res.AccessGranted), res.GetModel(getItem))
	s.AddHandler(basket+".$user."+"line.$n", res.Handler{Get: getLine})
	s.Handle("door", res.Access(res.AccessGranted))
	s.Route("admin", func(m *res.Mux) {
		m.Handle("users", res.GetCollection(getUsers))
		m.Route("user", func(m *res.Mux) {
			m.Handle("$id", res.GetModel(getUser))
		})
	})
	sub := res.NewMux("loan")
	sub.Handle("$id.>", res.GetModel(getLoan))
	inner := res.NewMux("")
	inner.Handle("copy", res.GetModel(getCopy))
	sub.Mount("a", inner)
	s.Mount("desk", sub)
	// s.Handle("not.this", res.GetModel(getItem))
}
`,
    lenses: [
      ['res.NewService', 'Reset shop.>', { resources: ['shop.>'], access: ['shop.>'] }],
      ['"items"', 'Reset shop.items', { resources: ['shop.items'] }],
      ['"item.$id"', 'Reset shop.item.*', { resources: ['shop.item.*'] }],
      ['basket+".$user."', 'Reset shop.basket.*.line.*', { resources: ['shop.basket.*.line.*'] }],
      ['"door"', 'Reset access shop.door', { access: ['shop.door'] }],
      ['"users"', 'Reset shop.admin.users', { resources: ['shop.admin.users'] }],
      ['m.Handle("$id"', 'Reset shop.admin.user.*', { resources: ['shop.admin.user.*'] }],
      ['"$id.>"', 'Reset shop.desk.loan.*.>', { resources: ['shop.desk.loan.*.>'] }],
      ['"copy"', 'Reset shop.desk.loan.a.copy', { resources: ['shop.desk.loan.a.copy'] }],
    ],
  },
  {
    name: 'Go: a service that serves its root, and no access',
    file: 'rooted/main.go',
    code: `package main

import "github.com/jirenius/go-res"

func main() {
	s := res.NewService("rooted")
	s.Handle("", res.GetModel(getRoot))
}
`,
    lenses: [
      ['NewService', 'Reset rooted.>', { resources: ['rooted', 'rooted.>'] }],
      ['s.Handle', 'Reset rooted', { resources: ['rooted'] }],
    ],
  },
  {
    name: 'Go: a service that answers access alone',
    file: 'guard/main.go',
    code: `package main

import "github.com/jirenius/go-res"

func main() {
	s := res.NewService("guard")
	s.Handle("door.$id", res.Access(res.AccessGranted))
}
`,
    lenses: [
      ['NewService', 'Reset access guard.>', { access: ['guard.>'] }],
      ['s.Handle', 'Reset access guard.door.*', { access: ['guard.door.*'] }],
    ],
  },
  {
    name: 'Go: SetOwnedResources replaces both lists',
    file: 'owner/main.go',
    code: `package main

import "github.com/jirenius/go-res"

func main() {
	s := res.NewService("owner")
	s.Handle("thing.$id", res.GetModel(getThing), res.Access(res.AccessGranted))
	s.SetOwnedResources([]string{"owner.thing.>", "shared.>"}, []string{"owner.>"})
}
`,
    lenses: [
      ['NewService', 'Reset owner.>', { resources: ['owner.thing.>', 'shared.>'], access: ['owner.>'] }],
      ['s.Handle', 'Reset owner.thing.*', { resources: ['owner.thing.*'] }],
    ],
  },
  {
    name: 'JavaScript: subscriptions of every kind, constants and template literals',
    file: 'cinema/service.js',
    code: `import { connect } from 'nats';

const nc = await connect();
const name = 'cinema';
const film = \`\${name}.film\`;
nc.subscribe('get.cinema.films');
nc.subscribe(\`get.\${film}.*\`);
nc.subscribe('call.' + film + '.*.rate');
nc.subscribe('access.cinema.>');
nc.subscribe('auth.cinema.desk.login');
nc.subscribe('orders.cinema.new');
`,
    lenses: [
      ["'get.cinema.films'", 'Reset cinema.>', { resources: ['cinema.>'], access: ['cinema.>'] }],
      ["'get.cinema.films'", 'Reset cinema.films', { resources: ['cinema.films'] }],
      ['`get.${film}.*`', 'Reset cinema.film.*', { resources: ['cinema.film.*'] }],
      ["'call.' + film", 'Reset cinema.film.*', { resources: ['cinema.film.*'] }],
      ["'access.cinema.>'", 'Reset access cinema.>', { access: ['cinema.>'] }],
      ["'auth.cinema.desk.login'", 'Reset cinema.desk', { resources: ['cinema.desk'] }],
    ],
  },
  {
    name: 'TypeScript: typed code, and a service that serves its root',
    file: 'garden/service.ts',
    code: `import { connect, type NatsConnection } from 'nats';

const bed = (id: string): string => \`garden.bed.\${id}\`;

export async function serve(nc: NatsConnection): Promise<void> {
  nc.subscribe('get.garden', { callback: () => undefined });
  nc.subscribe('get.' + bed('*'), { callback: () => undefined });
}
await serve(await connect());
`,
    lenses: [
      ["'get.garden'", 'Reset garden.>', { resources: ['garden', 'garden.>'] }],
      ["'get.garden'", 'Reset garden', { resources: ['garden'] }],
      ["'get.' + bed", 'Reset garden.bed.*', { resources: ['garden.bed.*'] }],
    ],
  },
];
