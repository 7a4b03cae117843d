-- Asks for tokens, and says at the end what came of it in a line that the harness reads.
-- Arguments: the Authorization header, the form, the organizations that the requests are about in turn.

local requests, turn = {}, 0

function init(args)
  wrk.method = "POST"
  wrk.headers["Authorization"] = args[1]
  wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
  wrk.body = args[2]
  for organization in string.gmatch(args[3] or "", "[^,]+") do
    requests[#requests + 1] = wrk.format(nil, nil, nil, args[2] .. "&organization_id=" .. organization)
  end
  if #requests == 0 then
    requests[1] = wrk.format()
  end
end

function request()
  turn = turn % #requests + 1
  return requests[turn]
end

function done(summary, latency, requests)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format("result %d %d %d %d %d\n", summary.requests, failed, summary.duration,
    latency:percentile(50), latency:percentile(99)))
end
