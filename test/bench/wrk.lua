-- Sends the requests of the file BENCH_REQUESTS, one a line: method, path, body; with BENCH_RATE no more of them a
-- second than that. Prints what the bench reads.
local ffi = require("ffi")
ffi.cdef("typedef struct { long seconds, microseconds; } timeval; int gettimeofday(timeval *time, void *zone);")
local texts, count, at = {}, 0, 0
local rate, sent, started = tonumber(os.getenv("BENCH_RATE")), 0, nil

local function now()
  local time = ffi.new("timeval")
  ffi.C.gettimeofday(time, nil)
  return tonumber(time.seconds) * 1000 + tonumber(time.microseconds) / 1000
end

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

-- Milliseconds to wait before the next request. wrk asks for it only of a script that has it.
if rate then
  function delay()
    started = started or now()
    sent = sent + 1
    return math.max(0, math.floor(started + sent * 1000 / rate - now() + 0.5))
  end
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format('\nRESULT {"requests":%d,"seconds":%.6f,"p50":%.3f,"p99":%.3f,"failed":%d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
