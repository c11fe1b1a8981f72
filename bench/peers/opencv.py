"""Runs ONNX graphs in OpenCV's dnn. One JSON request a line on standard input, one JSON answer a line on channel 3."""

import base64
import json
import os
import sys
import time

try:
    import cv2
    import numpy
except ImportError:
    cv2 = None

nets = {}


def hello(request):
    return {'version': cv2.__version__ if cv2 else None}


def threads(request):
    cv2.setNumThreads(request['count'])
    return {'threads': cv2.getNumThreads()}


def load(request):
    net = cv2.dnn.readNetFromONNX(numpy.frombuffer(base64.b64decode(request['model']), numpy.uint8))
    tensor = numpy.frombuffer(base64.b64decode(request['input']), numpy.float32).reshape(request['shape'])
    found = (net, tensor, net.getUnconnectedOutLayersNames())
    # Some graphs are refused only when they run first.
    outputs = forward(found)
    nets[request['graph']] = found
    return {'outputs': [{'name': n, 'data': base64.b64encode(o.tobytes()).decode()} for n, o in zip(found[2], outputs)]}


def run(request):
    found = nets[request['graph']]
    times = []
    for _ in range(request['times']):
        start = time.perf_counter()
        forward(found)
        times.append((time.perf_counter() - start) * 1000)
    return {'ms': times}


def forward(found):
    net, tensor, names = found
    net.setInput(tensor)
    return net.forward(names)


def first_line(error):
    # A node that cannot be read has its reason in the second line, which starts with '>'.
    lines = [line.strip() for line in str(error).splitlines()] or [type(error).__name__]
    return ' '.join(lines[:2]) if len(lines) > 1 and lines[1].startswith('>') else lines[0]


operations = {'hello': hello, 'threads': threads, 'load': load, 'run': run}
answers = os.fdopen(3, 'w')
for line in sys.stdin:
    try:
        request = json.loads(line)
        answer = operations[request['op']](request)
    except Exception as error:
        answer = {'error': first_line(error)}
    answers.write(json.dumps(answer) + '\n')
    answers.flush()
