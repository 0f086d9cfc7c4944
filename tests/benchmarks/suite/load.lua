-- Four small queries in turn, for wrk: fresh ones end in a comment of their own, repeated ones do not.
local bodies, fields, fresh, seed, count = {}, "", false, "", 0
function init(args)
  fresh = args[1] == "fresh"
  seed = args[2]
  fields = args[3]
  for index = 4, #args do bodies[#bodies + 1] = args[index] end
  wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
  wrk.headers["Accept"] = "application/sparql-results+json"
end
function request()
  count = count + 1
  local body = bodies[count % #bodies + 1]
  if fresh then body = body .. "%0A%23" .. seed .. "x" .. count end
  return wrk.format("POST", nil, nil, body .. fields)
end
