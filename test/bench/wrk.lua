-- Sends the requests of the file BENCH_REQUESTS, one a line: method, path, body. Prints what the bench reads.
local texts, count, at = {}, 0, 0

function init()
  for line in io.lines(os.getenv("BENCH_REQUESTS")) do
    local method, path, body = line:match("^(%S+) (%S+) ?(.*)$")
    count = count + 1
    if body == "" then
      texts[count] = wrk.format(method, path)
    else
      texts[count] = wrk.format(method, path, { ["Content-Type"] = "application/json" }, body)
    end
  end
end

function request()
  at = at % count + 1
  return texts[at]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format('\nRESULT {"requests":%d,"seconds":%.6f,"p50":%.3f,"p99":%.3f,"failed":%d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
