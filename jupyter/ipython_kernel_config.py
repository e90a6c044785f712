"""Kernel settings of the course, installed to etc/ipython of the environment.

TensorFlow's C++ code writes start-up lines straight to file descriptor 2, past Python. They go to
the terminal that runs JupyterLab, not into the notebook; Python's own errors and warnings still do.
"""

c = get_config()  # noqa: F821 - IPython puts it there

c.IPKernelApp.capture_fd_output = False
