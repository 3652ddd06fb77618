// Starts a whole network (account server, index, directory) and tells its addresses in one line of JSON.
// POST to `control` returns when everything written so far is indexed. Ends with its standard input.
import { createServer } from 'node:http'
import { TestNetwork } from '@atproto/dev-env'

const network = await TestNetwork.create({
  pds: { hostname: 'localhost', enableDidDocWithSession: true },
})

const control = createServer(async (_request, response) => {
  try {
    await network.processAll(30_000)
    response.end('indexed')
  } catch {
    response.statusCode = 500
    response.end('not indexed')
  }
})
await new Promise((listening) => control.listen(0, '127.0.0.1', listening))

let ending = false
async function end() {
  if (ending) return
  ending = true
  setTimeout(() => process.exit(1), 15_000).unref()
  control.close()
  await network.close().catch(() => {})
  process.exit(0)
}
process.on('SIGTERM', end)
process.on('SIGINT', end)
process.stdin.on('end', end).resume()

const port = control.address().port
console.log(JSON.stringify({ pds: network.pds.url, control: `http://127.0.0.1:${port}` }))
